import type { Text } from '../vi.ts';

export const technician: Text['technician'] = {
  title: 'Bridge points',
  search: 'Find a point',
  columns: {
    order: 'No.',
    name: 'Point',
    kind: 'Kind',
    status: 'Status',
    since: 'Since',
    camera: 'Camera',
    microphone: 'Microphone',
    link: 'Link',
  },
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Could not copy; please select the link and copy it by hand.',
  noLinks: 'The links could not be fetched yet; this is tried again by itself.',
  copyOf: (name) => `Copy the link of ${name}`,
  copyAll: 'Copy all',
};
