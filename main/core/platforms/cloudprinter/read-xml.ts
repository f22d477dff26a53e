import { SaxesParser } from 'saxes';
import { maskXmlText, type XmlStretch } from './mask-key.ts';
import { documentLimits, type ReadTree, type Tree, treeObject } from './tree.ts';
import { withJsonLists } from './xml-lists.ts';

/** Thrown inside the parser's handlers to stop it; never leaves this file. */
class Unreadable extends Error {}

interface OpenElement {
  readonly name: string;
  readonly children: Map<string, Tree[]>;
  text: string;
  /** Where the text that has been read since the last tag begins. */
  textStart: number;
  segment: string;
}

/** Prefixes say nothing here: Cloudprinter's XML has no namespaces. */
const localName = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

const opened = (name: string, textStart: number): OpenElement => ({
  name,
  children: new Map(),
  text: '',
  textStart,
  segment: '',
});

/** The element as plain data: a text, or an object in which a repeated name has become a list. */
const closed = ({ children, text }: OpenElement): Tree => {
  if (children.size === 0) return text.trim();
  const stray = text.trim();
  const fields = [...children].map(
    ([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values] as const,
  );
  return treeObject(stray === '' ? fields : [...fields, ['#text', stray] as const]);
};

const add = (parent: OpenElement, name: string, value: Tree): void => {
  const values = parent.children.get(name);
  if (values === undefined) parent.children.set(name, [value]);
  else values.push(value);
};

const hasMoreThan = (most: number, character: string, text: string): boolean => {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1 && found <= most; at = text.indexOf(character, at + 1)) found += 1;
  return found > most;
};

/**
 * Reads XML into the tree that the same order would have as JSON. There is no DTD: a DOCTYPE and every entity but the
 * five of XML itself are refused, nothing is ever fetched or expanded. Attributes become fields named `element@name`.
 */
export const readXml = (text: string): ReadTree => {
  if (text.length > documentLimits.xmlCharacters) {
    return { kind: 'unreadable', message: `the XML is longer than ${documentLimits.xmlCharacters} characters` };
  }
  if (hasMoreThan(documentLimits.references, '&', text)) {
    return { kind: 'unreadable', message: `the XML has more than ${documentLimits.references} references` };
  }
  const parser = new SaxesParser();
  const document = opened('', 0);
  const open: OpenElement[] = [document];
  const stretches: XmlStretch[] = [];
  let elements = 0;
  let attributes = 0;
  let asides = 0;
  const current = (): OpenElement => open.at(-1) ?? document;

  const endSegment = (end: number): void => {
    const element = current();
    if (element.segment.trim() !== '') {
      stretches.push({
        start: element.textStart,
        end,
        names: [element.name],
        values: [element.segment],
        bareTag: null,
      });
    }
    element.text += element.segment;
    element.segment = '';
  };
  const addText = (part: string): void => {
    const element = current();
    element.segment += part;
    if (element.segment.length > documentLimits.textCharacters) {
      throw new Unreadable(`the XML has a text longer than ${documentLimits.textCharacters} characters`);
    }
  };
  const countAside = (): void => {
    asides += 1;
    if (asides > documentLimits.asides) {
      throw new Unreadable(`the XML has more than ${documentLimits.asides} comments, instructions and CDATA sections`);
    }
  };
  /** A tag holds no other `<`, so the last one before its end is its beginning. */
  const tagStart = (): number => text.lastIndexOf('<', parser.position - 1);

  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) throw new Unreadable('the XML is not UTF-8');
  });
  parser.on('doctype', () => {
    throw new Unreadable('the XML has a DTD, which is not accepted');
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > documentLimits.attributes) {
      throw new Unreadable(`the XML has more than ${documentLimits.attributes} attributes`);
    }
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > documentLimits.values) {
      throw new Unreadable(`the XML has more than ${documentLimits.values} elements`);
    }
    if (open.length > documentLimits.depth) {
      throw new Unreadable(`the XML is nested deeper than ${documentLimits.depth} levels`);
    }
    const start = tagStart();
    endSegment(start);
    const name = localName(tag.name);
    const entries = Object.entries(tag.attributes);
    if (entries.length > 0) {
      for (const [attribute, value] of entries) add(current(), `${name}@${attribute}`, value);
      stretches.push({
        start,
        end: parser.position,
        names: entries.map(([attribute]) => localName(attribute)),
        values: entries.map(([, value]) => value),
        bareTag: tag.isSelfClosing ? `<${tag.name}/>` : `<${tag.name}>`,
      });
    }
    open.push(opened(name, parser.position));
  });
  parser.on('text', addText);
  parser.on('cdata', (part) => {
    countAside();
    addText(part);
  });
  parser.on('comment', countAside);
  parser.on('processinginstruction', countAside);
  parser.on('closetag', () => {
    endSegment(tagStart());
    const element = open.pop() ?? document;
    add(current(), element.name, closed(element));
    current().textStart = parser.position;
  });
  parser.on('error', () => {
    // The parser's own words may quote the document, and with it the key.
    throw new Unreadable(`the XML is not well-formed (line ${parser.line})`);
  });

  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', message: error.message };
    throw error;
  }
  const fields = [...document.children].map(([name, values]) => [name, values[0] ?? ''] as const);
  return {
    kind: 'tree',
    tree: withJsonLists(treeObject(fields)),
    maskedText: (key) => maskXmlText(text, stretches, key),
  };
};
