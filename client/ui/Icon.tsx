/** The icons' strokes on a 24 × 24 ground. */
const strokes = {
  microphone: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3Z M5 11a7 7 0 0 0 14 0 M12 18v3',
  microphoneOff:
    'M9 9v2a3 3 0 0 0 4.6 2.5 M15 11V6a3 3 0 0 0-5.8-1 M5 11a7 7 0 0 0 11 5.7 M19 11a7 7 0 0 1-.4 2.3 M12 18v3 M3 3l18 18',
  hand: 'M7 12V6.5a1.5 1.5 0 0 1 3 0V11 M10 10V4.5a1.5 1.5 0 0 1 3 0V11 M13 10V6a1.5 1.5 0 0 1 3 0v6 M16 11a1.5 1.5 0 0 1 3 0v3a7 7 0 0 1-7 7c-3 0-4.5-1.5-6-4l-2-3.5a1.5 1.5 0 0 1 2.5-1.600L8 14',
  check: 'M4 12.5l5 5L20 6.5',
  cross: 'M6 6l12 12 M18 6L6 18',
  up: 'M12 19V5 M6 11l6-6 6 6',
  down: 'M12 5v14 M6 13l6 6 6-6',
  next: 'M5 5v14l9-7-9-7Z M18 5v14',
  stop: 'M6 6h12v12H6Z',
  screen: 'M3 5h18v11H3Z M8 20h8 M12 16v4',
  camera: 'M3 7h12v10H3Z M15 11l6-4v10l-6-4',
  cameraOff: 'M7 7h8v6 M15 17H3V7 M15 11l6-4v10l-3-2 M3 3l18 18',
  online: 'M4 12.5l5 5L20 6.5',
  offline: 'M12 4v9 M12 17.5v.5 M3 21L12 3l9 18Z',
  waiting: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z M12 7v5l3 2',
  absent: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z M8 12h8',
  onAir:
    'M12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z M7.5 7.5a6 6 0 0 0 0 9 M16.5 7.5a6 6 0 0 1 0 9 M4.5 4.5a10 10 0 0 0 0 15 M19.5 4.5a10 10 0 0 1 0 15',
  sound: 'M4 9v6h4l5 4V5L8 9H4Z M16 9a4 4 0 0 1 0 6 M18.5 6.5a8 8 0 0 1 0 11',
  soundOff: 'M4 9v6h4l5 4V5L8 9H4Z M17 9.5l5 5 M22 9.5l-5 5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z M15.5 15.5L20 20',
  copy: 'M8 8h12v12H8Z M16 8V4H4v12h4',
  keys: 'M3 6h18v12H3Z M7 10h.01 M11 10h.01 M15 10h.01 M8 14h8',
  language:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z M3 12h18 M12 3c3 3 3 15 0 18 M12 3c-3 3-3 15 0 18',
  leave: 'M10 4H5v16h5 M14 8l4 4-4 4 M18 12H9',
  device: 'M5 4h14v12H5Z M9 20h6',
} as const;

export type IconName = keyof typeof strokes;

/** Always beside a text or inside a labelled control, so it says nothing to a screen reader. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={strokes[name]} />
    </svg>
  );
}
