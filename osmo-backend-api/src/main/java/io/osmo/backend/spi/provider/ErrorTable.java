// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.Readiness;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the answers of one cloud mean: code, class, patience, remedy and source, as data. The first row that matches counts, so special
 * rows come before general ones. Immutable; safe for concurrent use.
 */
public final class ErrorTable {
    /** A cloud uses few codes, but what it answers is not ours to trust. */
    private static final int MOST_REMEMBERED = 1_000;

    /** Stands in a remedy for the call that was refused. */
    private static final String OPERATION = "{operation}";

    private final List<ErrorRow> rows;
    private final Map<List<String>, List<ErrorRow>> byCodes = new ConcurrentHashMap<>();

    /** @param rows in the order in which they are tried; the last one matches every answer */
    public ErrorTable(List<ErrorRow> rows) {
        if (rows.isEmpty() || !rows.get(rows.size() - 1).matchesAll()) {
            throw new IllegalArgumentException("the last row does not match every answer");
        }
        this.rows = List.copyOf(rows);
    }

    public List<ErrorRow> rows() {
        return rows;
    }

    /**
     * The row about an answer.
     *
     * @param codes everything by which the answer can be told, such as the service's own code and {@code HTTP 403}
     */
    public ErrorRow row(List<String> codes, String message) {
        return candidates(codes).stream()
                .filter(row -> row.matchesMessage(message))
                .findFirst()
                .orElseThrow();
    }

    /** The rows about any of the codes, whatever the message. Most answers are about something that does not exist, again and again. */
    private List<ErrorRow> candidates(List<String> codes) {
        List<ErrorRow> known = byCodes.get(codes);
        if (known != null) {
            return known;
        }
        List<ErrorRow> found =
                rows.stream().filter(row -> row.matchesCodes(codes)).toList();
        if (byCodes.size() < MOST_REMEMBERED) {
            byCodes.put(List.copyOf(codes), found);
        }
        return found;
    }

    /**
     * An answer in the terms of this library.
     *
     * @param operation the call in the cloud's own spelling
     * @param codes everything by which the answer can be told; the first one is shown
     */
    public CloudException.Builder translate(String operation, List<String> codes, String message) {
        ErrorRow row = row(codes, message);
        CloudException.Builder refusal = CloudException.of(row.error(), operation)
                .code(codes.get(0))
                .message(message)
                .remedy(row.remedy().replace(OPERATION, operation));
        row.patience().ifPresent(refusal::patience);
        return refusal;
    }

    /**
     * Something that has failed after the call for it was accepted. Rows about the rights of the caller do not count, since the call was
     * allowed, nor does the one that matches every answer.
     *
     * @param code the cloud's own code, which is shown; empty if it gives none
     * @param key by what the rows tell the code: the code itself, unless they have something before it
     * @param reason what the cloud says, code included
     */
    public Readiness failed(String code, String key, String reason) {
        ErrorRow row = row(List.of(key), reason);
        return row.matchesAll() || row.remedy().contains(OPERATION)
                ? Readiness.failed(reason)
                : Readiness.failed(
                        reason, new Readiness.Failure(row.error(), code.isEmpty() ? "failed" : code, row.remedy()));
    }

    /**
     * A call that got no answer at all, with the codes of {@link NoAnswer}.
     *
     * @param failure what the client threw
     */
    public CloudException noAnswer(String operation, Throwable failure) {
        NoAnswer reason = NoAnswer.of(failure);
        return translate(operation, List.of(reason.code()), reason.describe(failure))
                .cause(failure)
                .build();
    }
}
