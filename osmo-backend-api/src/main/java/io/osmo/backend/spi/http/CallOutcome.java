// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.function.Function;

/** The outcome of a call: an answer, whatever its status, or the reason why there is none. */
public sealed interface CallOutcome {
    /** The whole answer has been read. */
    record Answered(HttpResponse<byte[]> response) implements CallOutcome {}

    /** There is no complete answer. */
    record Failed(Reason reason, IOException cause) implements CallOutcome {
        /** The reason as a clause, such as {@code no complete answer within 20 s}. */
        public String message() {
            String message = cause.getMessage();
            return message == null ? "there is no answer" : message;
        }
    }

    /** Why there is no answer. */
    enum Reason {
        /** The server was not reached, or the connection was lost. */
        NO_ANSWER,
        /** The answer was not complete within the time limit. */
        TOO_LATE,
        /** The answer has more bytes than allowed. */
        TOO_LONG,
        /** The calling thread was interrupted; its interrupt flag is set. */
        INTERRUPTED
    }

    /** The answer; for a failure, throws the exception that the function creates from it. */
    default HttpResponse<byte[]> orElseThrow(Function<Failed, ? extends RuntimeException> toException) {
        if (this instanceof Answered answered) {
            return answered.response();
        }
        throw toException.apply((Failed) this);
    }
}
