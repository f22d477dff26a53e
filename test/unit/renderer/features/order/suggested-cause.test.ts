import { expect, test } from 'vitest';
import type { InspectionFinding, InspectionView } from '../../../../../main/contract/inspection.ts';
import { suggestedCauseOf } from '../../../../../renderer/features/order/suggested-cause.ts';
import { sampleFile } from '../../../../contract/stand-in/sample-views.ts';

const known = [{ code: 'CancelPageCount' }, { code: 'CancelBookTrim' }];
const finding = (level: InspectionFinding['level'], suggestedCause: string | null): InspectionFinding => ({
  code: 'pages',
  level,
  detail: {},
  suggestedCause,
});
const readable: InspectionView = {
  state: 'readable',
  at: '2026-07-01T09:00:00.000Z',
  pages: 48,
  boxes: [],
  uniform: true,
  trim: null,
  bleedMm: null,
  encrypted: false,
  damaged: false,
  fontsNotEmbedded: [],
  findings: [],
};
const itemWith = (...findings: InspectionFinding[]) => ({
  files: [sampleFile({ inspection: { ...readable, findings } })],
});

test('a cancellation suggests the cause that fits what the inspection found', () => {
  expect(suggestedCauseOf([itemWith(finding('mismatch', 'CancelPageCount'))], known)).toBe('CancelPageCount');
  const both = itemWith(finding('attention', 'CancelBookTrim'), finding('mismatch', 'CancelPageCount'));
  expect(suggestedCauseOf([both], known)).toBe('CancelPageCount');
});

test('it suggests none where the inspection found nothing, differs from item to item, or the platform does not know it', () => {
  const pages = itemWith(finding('mismatch', 'CancelPageCount'));
  expect(suggestedCauseOf([itemWith(finding('ok', null))], known)).toBeNull();
  expect(suggestedCauseOf([pages, itemWith()], known)).toBeNull();
  expect(suggestedCauseOf([pages, itemWith(finding('mismatch', 'CancelBookTrim'))], known)).toBeNull();
  expect(suggestedCauseOf([itemWith(finding('mismatch', 'CancelOther'))], known)).toBeNull();
});
