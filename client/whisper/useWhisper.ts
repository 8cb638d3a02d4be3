import type { Seat } from '../../server/domain/roster.ts';
import { isApart } from '../../server/domain/routing.ts';
import { local, refusalText, text } from '../i18n/language.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import { toast } from '../ui/toasts.tsx';
import { type Surface, useSurface } from '../ui/useSurface.ts';
import { officeWhisperOf, type WhisperTrouble } from './officeWhisper.ts';

/**
 * Speaking with one point in private, as an act to offer; null to those who may not (the chair, who
 * is heard by all anyway).
 */
export const useWhisper = (seat: Seat): MenuItem | null => whisperOf(useSurface(), seat);

/** The same outside of drawing. */
export function whisperOf(surface: Surface, seat: Seat): MenuItem | null {
  const { link } = surface;
  const role = link.welcome.value?.role;
  const state = link.state.value;
  if (!state || (role !== 'secretary' && role !== 'technician')) return null;
  if (seat.id === state.chairPoint) return null;
  const office = officeWhisperOf(surface);
  const t = text.value.whisper;
  const mine = office.mine.value;
  if (mine?.seat === seat.id) {
    return { action: 'whisper.stop', icon: 'phone', label: t.stop, onPress: () => office.stop() };
  }
  const theirs = link.whispers.value.find((w) => w.seat === seat.id);
  const refused = (): string | null => {
    if (!link.live.value) return text.value.link.lost;
    if (seat.status !== 'connected') return refusalText.value.seatNotConnected;
    if (!isApart(state, seat.id)) return refusalText.value.onProgramme;
    if (theirs) return t.taken(t.by[theirs.by]);
    const other = mine && state.seats[mine.seat];
    if (other) return t.busy(local(other.name));
    return office.asking.value === null ? null : t.asking;
  };
  return {
    action: 'whisper.start',
    icon: 'phone',
    label: t.start,
    hint: t.startHint,
    refused: refused(),
    onPress: async () => {
      const trouble = await office.start(seat.id);
      if (trouble) toast(troubleWords(trouble), 'alarm');
    },
  };
}

const troubleWords = (trouble: WhisperTrouble): string =>
  trouble === 'noMicrophone' ? text.value.whisper.noMicrophone : refusalText.value[trouble];
