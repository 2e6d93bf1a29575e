// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends answers that are too long or take too long. An API server, or whatever answers in its place, could otherwise fill the heap, or
 * hold a caller forever: the time of a request ends with the headers of its answer. One for each client.
 */
final class BodyLimit implements Interceptor {
    static final String NAME = "BODY-LIMIT";

    private static final long MIB = 1 << 20;

    /**
     * Memory that each chunk of a body takes in addition to its bytes until the body is complete, in bytes. A server may send chunks of
     * one byte each.
     */
    private static final long OVERHEAD = 256;

    private final long longest;
    private final long together;
    private final Duration time;
    private final AtomicLong underWay = new AtomicLong();

    /**
     * @param longest bytes of one answer
     * @param together bytes of all answers that are under way
     * @param time how long a body may take
     */
    BodyLimit(long longest, long together, Duration time) {
        this.longest = longest;
        this.together = together;
        this.time = time;
    }

    /**
     * By the size of the heap: of 1 GiB, a quarter holds the list of 10,000 nodes with all their images. Two minutes are enough for
     * that on a line of 20 Mbit/s.
     */
    static BodyLimit ofThisMachine() {
        long heap = Runtime.getRuntime().maxMemory();
        return new BodyLimit(heap / 4, heap / 2, Duration.ofMinutes(2));
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        return new Counting(consumer);
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.body() instanceof AsyncBody body) {
            body.done().orTimeout(time.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, failure) -> {
                if (failure instanceof TimeoutException) {
                    body.cancel();
                }
                Counting counting = consumer == null ? null : consumer.unwrap(Counting.class);
                if (counting != null) {
                    counting.end();
                }
            });
        }
    }

    /** An answer that was ended. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        private TooLong(String message) {
            super(message);
        }
    }

    /** One body. Its pieces come one after another. */
    private final class Counting implements AsyncBody.Consumer<List<ByteBuffer>> {
        private final AsyncBody.Consumer<List<ByteBuffer>> next;
        private final AtomicLong memory = new AtomicLong();

        private Counting(AsyncBody.Consumer<List<ByteBuffer>> next) {
            this.next = next;
        }

        @Override
        public void consume(List<ByteBuffer> pieces, AsyncBody body) throws Exception {
            long more = pieces.stream()
                    .mapToLong(piece -> piece.remaining() + OVERHEAD)
                    .sum();
            if (memory.addAndGet(more) > longest) {
                throw new TooLong("the answer is longer than " + longest / MIB + " MiB, counting " + OVERHEAD
                        + " bytes for each piece in which it comes");
            }
            if (underWay.addAndGet(more) > together) {
                throw new TooLong("the answers under way are longer than " + together / MIB + " MiB together");
            }
            next.consume(pieces, body);
        }

        private void end() {
            underWay.addAndGet(-memory.getAndSet(0));
        }

        @Override
        public <U> U unwrap(Class<U> target) {
            U own = AsyncBody.Consumer.super.unwrap(target);
            return own == null ? next.unwrap(target) : own;
        }
    }
}
