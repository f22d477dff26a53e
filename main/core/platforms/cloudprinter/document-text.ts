export type DocumentText =
  | { readonly kind: 'json' | 'xml'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly status: 400 | 415; readonly message: string };

const unreadable = (status: 400 | 415, message: string): DocumentText => ({ kind: 'unreadable', status, message });

const decode = (body: Buffer): string | null => {
  try {
    // Also takes the byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
};

/**
 * The body as text, and what it is. The first character decides, because the Content-Type that Cloudprinter sends is
 * not published; the header only tells a broken document from something that is none.
 */
export const documentText = (body: Buffer, contentType: string): DocumentText => {
  const announced = /\b(json|xml)\b/i.exec(contentType)?.[1]?.toLowerCase();
  const text = decode(body);
  const start = text?.trimStart().charAt(0);
  if (text !== null && start === '{') return { kind: 'json', text };
  if (text !== null && start === '<') return { kind: 'xml', text };
  if (body.length === 0) return unreadable(400, 'the body is empty');
  if (announced === undefined) return unreadable(415, 'the body is neither JSON nor XML');
  if (text === null) return unreadable(400, 'the body is not UTF-8');
  return unreadable(400, announced === 'json' ? 'the body is not a JSON object' : 'the body is not XML');
};
