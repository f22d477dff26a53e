import { expect, test, vi } from 'vitest';
import { dragOut } from '../../../../main/hosts/electron/drag-out.ts';
import { FakeWebContents } from '../../../support/electron-fake.ts';
import { createFakeStation } from '../../../support/electron-station.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

const files = {
  1: { path: '/data/files/a_cover_3x.pdf', name: 'a_cover_3x.pdf', bytes: 10 },
  2: { path: '/data/files/a_book_3x.pdf', name: 'a_book_3x.pdf', bytes: 20 },
};

const drag = async (ids: readonly number[]) => {
  const station = createFakeStation(files);
  const contents = new FakeWebContents();
  const outcome = await dragOut(station, contents as never, ids, { by: 'screen' }).then(
    () => 'dragged',
    (error: unknown) => error,
  );
  return { station, contents, outcome };
};

test('drags all the ready files at once and writes down that they left', async () => {
  const { station, contents, outcome } = await drag([1, 2]);
  expect(outcome).toBe('dragged');
  expect(contents.drags).toMatchObject([{ file: files[1].path, files: [files[1].path, files[2].path] }]);
  expect(station.draggedOut).toEqual([{ files: [1, 2], by: 'screen' }]);
});

test('the drag carries an image, without which some systems refuse it', async () => {
  const { contents } = await drag([1]);
  expect(contents.drags).toMatchObject([{ icon: { dataUrl: expect.stringMatching(/^data:image\/png;base64,/) } }]);
});

test.each([[[7]], [[1, 7, 2, 8]]])('drags nothing when one file of %j is not ready, and says which', async (ids) => {
  const { station, contents, outcome } = await drag(ids);
  const missing = ids.filter((id) => id > 2).join(', ');
  expect(outcome).toMatchObject({ code: 'conflict', message: `not ready, so nothing was dragged: file ${missing}` });
  expect(contents.drags).toEqual([]);
  expect(station.draggedOut).toEqual([]);
});
