/** The capture thread. It reads devices and appends to the journal, and does nothing that could hold that up. */
import { parentPort, workerData } from 'node:worker_threads';
import { Capture } from './capture.ts';
import type { CaptureQuestion, CaptureReply, CaptureWorkerData } from './capture-messages.ts';
import { problemOf } from './problem.ts';

const port = parentPort;
if (port === null) throw new Error('capture-worker is started as a worker thread');

/** A port that does not let go in this time would hold up the restart of all the others. */
const CLOSE_LIMIT_MS = 3000;

const reply = (message: CaptureReply): void => port.postMessage(message);

function start(): Capture | undefined {
  try {
    return new Capture({
      ...(workerData as CaptureWorkerData),
      now: Date.now,
      random: Math.random,
      emit: (event) => reply({ type: 'event', event }),
    });
  } catch (error) {
    reply({ type: 'cannot-start', problem: problemOf(error) });
    return undefined;
  }
}

/**
 * A thread that is torn down with a serial port open takes the whole process with it (a segmentation fault in the
 * driver's poller), so the ports are closed before a bug may end the thread.
 */
async function end(failed: Capture, error: unknown): Promise<void> {
  reply({ type: 'crashed', detail: problemOf(error).values['detail'] ?? '' });
  process.on('uncaughtException', () => undefined);
  const closed = failed.handle({ type: 'stop' }).catch(() => undefined);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS))]);
  process.exit(1);
}

const capture = start();
if (capture !== undefined) {
  port.on('message', ({ id, request }: CaptureQuestion) => {
    capture
      .handle(request)
      .then(
        (value) => reply({ type: 'done', id, answer: value }),
        (error: unknown) => reply({ type: 'refused', id, problem: problemOf(error) }),
      )
      .finally(() => {
        if (request.type === 'stop') port.close();
      })
      .catch(() => undefined);
  });
  reply({ type: 'ready' });
  process.once('uncaughtException', (error) => void end(capture, error));
}
