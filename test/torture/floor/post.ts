const timeoutMs = 5_000;

export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Posts once. The status of the answer, or null when none came. */
export const post = async (url: string, { body, headers }: Message): Promise<number | null> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
};
