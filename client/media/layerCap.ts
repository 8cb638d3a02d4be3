import { type Demand, demandOrder } from './layers.ts';

/** A limit to what is sent of the camera. */
export type Layer = Exclude<Demand, 'off'>;

const storageKey = 'diemcau.layerCap';

/** Of this tab: a line that was found too thin is so after a reload, but not for ever. */
export function rememberedCap(): Layer | null {
  try {
    const stored = sessionStorage.getItem(storageKey);
    return demandOrder.find((d): d is Layer => d !== 'off' && d === stored) ?? null;
  } catch {
    return null;
  }
}

export function rememberCap(layer: Layer | null): void {
  try {
    if (layer === null) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, layer);
  } catch {
    // Storage can be switched off in a kiosk; then it holds as long as the page.
  }
}
