/** Plays with urql and Graphcache: over HTTP, follows by event streams. */

import { connect } from '../lessons/urql-sse.ts';
import { playWith } from './urql-stage.ts';

await playWith(connect);
