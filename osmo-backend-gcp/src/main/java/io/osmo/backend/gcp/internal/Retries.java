// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.google.api.core.NanoClock;
import com.google.api.gax.retrying.BasicResultRetryAlgorithm;
import com.google.api.gax.retrying.DirectRetryingExecutor;
import com.google.api.gax.retrying.ExponentialRetryAlgorithm;
import com.google.api.gax.retrying.RetryAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.retrying.RetryingFuture;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How often and when reads are repeated: by gax, for the vendor's clients and for calls by URL alike. */
public final class Retries {
    private Retries() {}

    /** @param timeout of one attempt; zero leaves it to the transport */
    public static RetrySettings settings(int attempts, Duration timeout) {
        return RetrySettings.newBuilder()
                .setMaxAttempts(attempts)
                .setInitialRetryDelayDuration(Duration.ofMillis(500))
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(Duration.ofSeconds(8))
                .setInitialRpcTimeoutDuration(timeout)
                .setRpcTimeoutMultiplier(1)
                .setMaxRpcTimeoutDuration(timeout)
                .setTotalTimeoutDuration(timeout.multipliedBy(attempts))
                .build();
    }

    /**
     * Makes a reading call on the calling thread, again after a pause if it fails with something that passes.
     *
     * @param attempts at least 1
     */
    public static <T> T repeat(int attempts, Predicate<Throwable> passes, Supplier<T> read) {
        if (attempts <= 1) {
            return read.get();
        }
        DirectRetryingExecutor<T> executor = new DirectRetryingExecutor<>(new RetryAlgorithm<>(
                new PassingFailures<>(passes),
                new ExponentialRetryAlgorithm(settings(attempts, Duration.ZERO), NanoClock.getDefaultClock())));
        RetryingFuture<T> result = executor.createFuture(read::get);
        executor.submit(result);
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class PassingFailures<T> extends BasicResultRetryAlgorithm<T> {
        private final Predicate<Throwable> passes;

        PassingFailures(Predicate<Throwable> passes) {
            this.passes = passes;
        }

        @Override
        public boolean shouldRetry(Throwable failure, T result) {
            return failure != null && passes.test(failure);
        }
    }
}
