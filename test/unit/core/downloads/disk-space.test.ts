import { describe, expect, it } from 'vitest';
import { DiskSpace, diskFullText, freeBytesAt } from '../../../../main/core/downloads/disk-space.ts';

const guard = (freeBytes: () => number | null) => {
  const told: string[] = [];
  const disk = new DiskSpace({
    freeBytes: async () => freeBytes(),
    minimumFreeBytes: 100,
    onFull: (free) => void told.push(`full ${free}`),
    onOk: () => void told.push('ok'),
  });
  return { disk, told };
};

describe('the room on the disk', () => {
  it('is promised once: what running transfers still need is not given away', async () => {
    const { disk } = guard(() => 1000);
    expect(await disk.admit(1, 600)).toEqual({ kind: 'room' });
    expect(await disk.admit(2, 600)).toEqual({ kind: 'full', freeBytes: 1000, neededBytes: 1300 });
    disk.note(1, 200);
    expect(await disk.admit(2, 600)).toEqual({ kind: 'room' });
    disk.release(1);
    disk.release(2);
    expect(await disk.admit(3, 900)).toEqual({ kind: 'room' });
  });

  it('keeps some bytes free', async () => {
    const { disk } = guard(() => 1000);
    expect(await disk.admit(1, 901)).toMatchObject({ kind: 'full' });
    disk.setMinimumFreeBytes(99);
    expect(await disk.admit(1, 901)).toEqual({ kind: 'room' });
  });

  it('tells once that it is gone, and once that it is back', async () => {
    let free = 50;
    const { disk, told } = guard(() => free);
    await disk.admit(1, 10);
    await disk.admit(2, 10);
    free = 1000;
    await disk.admit(1, 10);
    await disk.admit(2, 10);
    expect(told).toEqual(['full 50', 'ok']);
    expect(diskFullText(await disk.overran(10))).toBe('the disk is full: 1000 bytes free, 110 bytes needed');
    expect(told).toEqual(['full 50', 'ok', 'full 1000']);
  });

  it('is not in the way where it cannot be told', async () => {
    const { disk } = guard(() => null);
    expect(await disk.admit(1, 1e15)).toEqual({ kind: 'room' });
    expect(await freeBytesAt('/nonexistent/folder')).toBeNull();
    expect(await freeBytesAt(import.meta.dirname)).toBeGreaterThan(0);
  });
});
