// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent callers share one blocking call and its result or failure. Nothing is cached: a later caller makes a new call. Safe for
 * concurrent use.
 *
 * @param <T> the answer
 */
public final class SharedCall<T> {
    private final Supplier<T> call;
    private @Nullable CompletableFuture<T> underWay;

    /** @param call runs on the thread of the first caller */
    public SharedCall(Supplier<T> call) {
        this.call = call;
    }

    /** The result of the running call, or of a new one. Blocks. */
    public T get() {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> answer;
        synchronized (this) {
            answer = underWay == null ? mine : underWay;
            underWay = answer;
        }
        if (answer == mine) {
            run(mine);
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run(CompletableFuture<T> answer) {
        try {
            answer.complete(call.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        } finally {
            synchronized (this) {
                underWay = null;
            }
        }
    }
}
