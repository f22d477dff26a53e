const longestLineCharacters = 500;

/** What somebody else wrote, as a part of a line for a person: nothing that breaks a line, and no more than fits one. */
export const oneLine = (text: string, mostCharacters = longestLineCharacters): string => {
  // Beyond this much of blanks there is no word worth waiting for.
  const line = text
    .slice(0, mostCharacters * 20)
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  return (line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line).toWellFormed();
};
