// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.Readiness;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The error codes of one cloud with their meaning, patience, remedy and source, as data. The first matching row is used, so specific rows
 * come before general ones. Immutable; safe for concurrent use.
 */
public final class ErrorTable {
    /** A cloud uses few codes, but its answers are not trusted. */
    private static final int MOST_REMEMBERED = 1_000;

    /** Placeholder in a remedy for the call that was refused. */
    private static final String OPERATION = "{operation}";

    private final List<ErrorRow> rows;
    private final Map<List<String>, List<ErrorRow>> byCodes = new ConcurrentHashMap<>();

    /** @param rows in the order in which they are tried; the last one must match every answer */
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
     * The row that matches an answer.
     *
     * @param codes all codes of the answer, such as the service's own code and {@code HTTP 403}
     */
    public ErrorRow row(List<String> codes, String message) {
        return candidates(codes).stream()
                .filter(row -> row.matchesMessage(message))
                .findFirst()
                .orElseThrow();
    }

    /** The rows that match one of the codes, whatever the message. Cached, because most answers are the same few. */
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
     * Translates an answer to an exception of this library.
     *
     * @param operation the call in the cloud's own spelling
     * @param codes all codes of the answer; the first one is shown
     */
    public CloudException.Builder translate(String operation, List<String> codes, String message) {
        ErrorRow row = row(codes, message);
        CloudException.Builder refusal = CloudException.builder(row.error(), operation)
                .code(codes.get(0))
                .message(message)
                .remedy(row.remedy().replace(OPERATION, operation));
        row.patience().ifPresent(refusal::patience);
        row.field().ifPresent(refusal::field);
        return refusal;
    }

    /**
     * Translates a failure after the call was accepted. Rows about the permissions of the caller do not apply, because the call was
     * allowed, nor does the row that matches every answer.
     *
     * @param code the cloud's own code, for display; empty if it gives none
     * @param key the code as the rows have it: the same, unless they add a prefix
     * @param reason the message of the cloud, including the code
     */
    public Readiness failed(String code, String key, String reason) {
        ErrorRow row = row(List.of(key), reason);
        return row.matchesAll() || row.remedy().contains(OPERATION)
                ? Readiness.failed(reason)
                : Readiness.failed(
                        reason, new Readiness.Failure(row.error(), code.isEmpty() ? "failed" : code, row.remedy()));
    }

    /**
     * Translates the failure of a call without an answer; the codes are those of {@link NoAnswer}.
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
