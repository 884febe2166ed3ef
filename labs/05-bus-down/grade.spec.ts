import { gradeLab } from '../kit/grade/fixtures.ts';
import { checks } from './checks/index.ts';
import lab from './lab.ts';

gradeLab(lab, checks);
