import { describe, expect, it } from 'vitest';
import { HeaderMask } from '../../../../main/core/downloads/header-mask.ts';

const token = 'eyJhbGciOi/JSUzI1+NiJ9';
const mask = new HeaderMask({ authorization: `Bearer ${token}` });

describe('what the other side says about a request', () => {
  it.each([
    ['plain', `no such token: ${token}.`, 'no such token: ***.'],
    ['with its scheme', `got "Bearer ${token}"`, 'got "***"'],
    ['in a URL', `?t=${encodeURIComponent(token)}&x`, '?t=***&x'],
    ['in JSON', `{"t":"${token.replaceAll('/', '\\/')}"}`, '{"t":"***"}'],
    ['in Base64', `<${Buffer.from(token).toString('base64')}>`, '<***>'],
    ['twice', `${token} ${token}`, '*** ***'],
  ])('loses the credentials that it echoes %s', (_how, text, masked) => {
    expect(mask.masked(text)).toBe(masked);
  });

  it('loses the piece of them that it was cut off in', () => {
    for (let length = 4; length <= token.length; length += 1) {
      expect(mask.maskedPiece(`token ${token.slice(0, length)}`)).toBe('token ***');
    }
  });

  it('stays as it is where there is nothing to hide', () => {
    expect(mask.maskedPiece('Access denied')).toBe('Access denied');
    expect(new HeaderMask({}).maskedPiece(token)).toBe(token);
  });
});
