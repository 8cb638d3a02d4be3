import { startSurface } from '../ui/surface.tsx';
import { Chair } from './Chair.tsx';

startSurface('chair', Chair);
