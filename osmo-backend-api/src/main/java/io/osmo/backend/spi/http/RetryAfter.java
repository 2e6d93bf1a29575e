// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.http;

import java.time.Duration;

/**
 * The pause that a service asks for before the next request, with {@code Retry-After} or a header like it. Clients of vendors sleep that
 * long on the calling thread, which nothing can cancel, and a service may ask for years. So they handle only short pauses: the engine
 * waits for the others without a thread, and no longer than the deadline.
 */
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private RetryAfter() {}

    /**
     * Whether a client may pause by itself. Not for a date, nor for a value that is not a number.
     *
     * @param value of the header
     * @param unit of the number in the header, such as a second
     */
    public static boolean isShort(String value, Duration unit) {
        try {
            long number = Long.parseLong(value.strip());
            return number >= 0 && number <= LONGEST.dividedBy(unit);
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
