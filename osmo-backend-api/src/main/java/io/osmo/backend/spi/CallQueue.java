// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for a thread. Shares with waiting calls take turns, one call each, and a share never runs more than its limit: calls
 * that hang would otherwise hold all threads, whatever the turns. Safe for concurrent use.
 */
final class CallQueue {
    private final ExecutorService threads;
    private final int limit;
    private final int limitOfShare;
    /** Shares that have a waiting call and may start it, in the order of their turns. */
    private final Deque<Share> turns = new ArrayDeque<>();

    private final Set<Share> waiting = new LinkedHashSet<>();
    private int running;
    private boolean closed;

    /**
     * @param limit calls at once
     * @param limitOfShare calls of one share at once
     */
    CallQueue(ExecutorService threads, int limit, int limitOfShare) {
        this.threads = threads;
        this.limit = limit;
        this.limitOfShare = limitOfShare;
    }

    /** Calls of one account. */
    final class Share {
        private final Deque<Runnable> calls = new ArrayDeque<>();
        private int running;
        private boolean queued;

        /** @throws RejectedExecutionException if the queue is closed */
        void execute(Runnable call) {
            synchronized (CallQueue.this) {
                if (closed) {
                    throw new RejectedExecutionException("closed");
                }
                calls.add(call);
                queue();
            }
            startNext();
        }

        /** Takes a place among the turns if it can use one; holding the monitor of the queue. */
        private void queue() {
            if (calls.isEmpty()) {
                waiting.remove(this);
                return;
            }
            waiting.add(this);
            if (!queued && running < limitOfShare) {
                queued = true;
                turns.add(this);
            }
        }
    }

    /** A call that has a thread, or is about to get one. */
    private final class Started implements Runnable {
        private final Share share;
        private final Runnable call;

        private Started(Share share, Runnable call) {
            this.share = share;
            this.call = call;
        }

        @Override
        public void run() {
            try {
                call.run();
            } finally {
                ended(share);
            }
        }
    }

    private void startNext() {
        for (Started next = next(); next != null; next = next()) {
            threads.execute(next);
        }
    }

    private synchronized @Nullable Started next() {
        Share share = running < limit ? turns.poll() : null;
        if (share == null) {
            return null;
        }
        Started next = new Started(share, share.calls.remove());
        share.queued = false;
        share.running++;
        running++;
        share.queue();
        return next;
    }

    private void ended(Share share) {
        synchronized (this) {
            share.running--;
            running--;
            share.queue();
        }
        startNext();
    }

    /** Ends the queue and its threads, and returns all calls that have not begun. */
    List<Runnable> close() {
        List<Runnable> calls = new ArrayList<>();
        synchronized (this) {
            closed = true;
            waiting.forEach(share -> {
                calls.addAll(share.calls);
                share.calls.clear();
            });
            waiting.clear();
            turns.clear();
        }
        threads.shutdownNow().forEach(started -> calls.add(((Started) started).call));
        return calls;
    }
}
