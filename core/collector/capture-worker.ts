/** The capture thread. It reads devices and appends to the journal, and does nothing that could hold that up. */
import { parentPort, workerData } from 'node:worker_threads';
import { Capture } from './capture.ts';
import type { CaptureQuestion, CaptureReply, CaptureWorkerData } from './capture-messages.ts';
import { problemOf } from './problem.ts';

const port = parentPort;
if (port === null) throw new Error('capture-worker is started as a worker thread');

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
}
