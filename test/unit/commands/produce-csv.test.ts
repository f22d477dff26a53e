import { describe, expect, it } from 'vitest';
import { readProduceCsv } from '../../../main/commands/produce-csv.ts';

const line = { template: 'poster', order: 'A-1', copies: 1, title: '' };

describe('a list of what to produce', () => {
  it.each([
    ['with commas', 'poster,A-1,2,Big\n', [{ ...line, copies: 2, title: 'Big' }]],
    [
      'with semicolons and Windows line ends',
      'poster;A-1;2;Big, blue\r\n',
      [{ ...line, copies: 2, title: 'Big, blue' }],
    ],
    ['with tabs', 'poster\tA-1\t\tBig', [{ ...line, title: 'Big' }]],
    ['with copies and title left out', 'poster,A-1', [line]],
    ['with spaces around and empty lines between', '\n poster , A-1 \n\n,,\n  \nposter,A-1\n', [line, line]],
    ['with a byte order mark', '\uFEFFposter,A-1\n', [line]],
    ['with quotes', '"a ""b"", c",A-1,,"two\nlines"', [{ ...line, template: 'a "b", c', title: 'two\nlines' }]],
    ['with a first line that names the columns', 'Token,Order\npo,A-2', [{ ...line, template: 'po', order: 'A-2' }]],
    [
      'with columns in another order',
      'title;order;copies;template\nBig;A-1;7;poster',
      [{ ...line, copies: 7, title: 'Big' }],
    ],
  ])('%s is read', (_form, text, lines) => {
    expect(readProduceCsv(text)).toEqual({ kind: 'lines', lines });
  });

  it.each([
    ['', 1, 'there is nothing to produce'],
    ['template,order\n', 1, 'there is nothing to produce below this line'],
    ['poster,A-1\nposter\n', 2, 'order: an order reference is needed'],
    [',A-1\n', 1, 'template: a template name or save token is needed'],
    ['\nposter,A-1,0\n', 2, 'copies: must be a whole number, 1 to 1000000'],
    ['poster,A-1,1000001', 1, 'copies: must be a whole number, 1 to 1000000'],
    ['poster,A-1,1,Big,blue', 1, '"blue" stands in no column'],
    ['template,order,quantity\nposter,A-1,2', 1, expect.stringMatching(/^there is no column "quantity": name /)],
    ['template,copies\nposter,2', 1, 'the column order is missing'],
    ['template,token,order\na,b,c', 1, 'the column template is there twice'],
    ['poster,A-1\n"poster,A-1\nposter,A-1\n', 2, 'a quotation mark here or below is never closed'],
    ['poster,A-1\n"poster"s,A-1\n', 2, 'text follows a closing quotation mark'],
    ['poster,A-1\n24" poster,A-1\n', 2, 'a quotation mark stands within a cell that does not begin with one'],
  ])('%j is wrong, by the number of the line', (text, number, problem) => {
    expect(readProduceCsv(text)).toEqual({ kind: 'wrong', problems: [{ line: number, problem }] });
  });

  it('tells everything that is wrong, and no line of the others', () => {
    expect(readProduceCsv('poster,A-1\nposter,,2\nposter,A-1,x')).toMatchObject({
      kind: 'wrong',
      problems: [{ line: 2 }, { line: 3 }],
    });
  });
});
