import { startSurface } from '../ui/surface.tsx';
import { Kiosk } from './Kiosk.tsx';

startSurface('kiosk', Kiosk);
