import { startSurface } from '../ui/surface.tsx';
import { Technician } from './Technician.tsx';

startSurface('technician', Technician);
