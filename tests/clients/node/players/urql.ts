/** Plays with urql and Graphcache: over HTTP, follows by socket. */

import { connect } from '../lessons/urql.ts';
import { playWith } from './urql-stage.ts';

await playWith(connect);
