import { startSurface } from '../ui/surface.tsx';
import { Wall } from './Wall.tsx';

startSurface('wall', Wall);
