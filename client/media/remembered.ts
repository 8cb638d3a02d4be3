/** What a person may choose on this machine. */
export type DeviceRole = 'camera' | 'microphone' | 'loudspeaker';
/** Those that a site sends from. */
export type DeviceKind = Exclude<DeviceRole, 'loudspeaker'>;

/** A device as it was chosen. Its id is the browser's own and may change; its label is its maker's. */
export interface Chosen {
  readonly id: string;
  readonly label: string;
}

type Known = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>;

const kinds: Record<DeviceRole, MediaDeviceKind> = {
  camera: 'videoinput',
  microphone: 'audioinput',
  loudspeaker: 'audiooutput',
};
const storageKey = 'diemcau.devices';
let held: Partial<Record<DeviceRole, Chosen>> | undefined;

/** The device that was chosen on this machine; null while the browser is to choose. */
export function chosenDevice(role: DeviceRole): Chosen | null {
  held ??= stored();
  return held[role] ?? null;
}

export function rememberDevice(role: DeviceRole, chosen: Chosen | null): void {
  const { [role]: _, ...others } = held ?? stored();
  held = chosen === null ? others : { ...others, [role]: chosen };
  try {
    localStorage.setItem(storageKey, JSON.stringify(held));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** Which of the devices that are there was chosen: by its id, else by its label; null: none of them. */
export function findChosen<D extends Known>(
  role: DeviceRole,
  chosen: Chosen | null,
  devices: readonly D[],
): D | null {
  if (chosen === null) return null;
  const fit = devicesFor(role, devices);
  const named = fit.filter((d) => d.label !== '' && d.label === chosen.label);
  return fit.find((d) => d.deviceId === chosen.id) ?? named[0] ?? null;
}

/** Those that a person can choose from. Before the browser has leave, they have no ids. */
export const devicesFor = <D extends Known>(role: DeviceRole, devices: readonly D[]): D[] =>
  devices.filter((d) => d.kind === kinds[role] && d.deviceId !== '');

/** All devices of this machine; none where the browser gives none. */
export const allDevices = (): Promise<readonly MediaDeviceInfo[]> =>
  navigator.mediaDevices?.enumerateDevices().catch(() => []) ?? Promise.resolve([]);

function stored(): Partial<Record<DeviceRole, Chosen>> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    const chosen = Object.keys(kinds).flatMap((role) => {
      const of = (found as Record<string, Partial<Chosen>> | null)?.[role];
      const whole = typeof of?.id === 'string' && typeof of.label === 'string';
      return whole ? [[role, { id: of.id, label: of.label }] as const] : [];
    });
    return Object.fromEntries(chosen);
  } catch {
    return {};
  }
}
