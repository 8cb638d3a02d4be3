import { startSurface } from '../ui/surface.tsx';
import { recallEnrolment } from './enrolment.ts';
import { Kiosk } from './Kiosk.tsx';

recallEnrolment();
startSurface('kiosk', Kiosk);
