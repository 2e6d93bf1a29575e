// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.Position;
import io.osmo.backend.error.ProviderNotFoundException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.SpecDocument;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A spec that was read from a file.
 *
 * @param file its name, for messages
 */
record SpecFile(String file, SpecDocument document) {
    /** As in the file; what has no place in it comes last. */
    private static final Comparator<Violation> BY_PLACE = Comparator.comparingInt(
                    (Violation v) -> v.position().map(Position::line).orElse(Integer.MAX_VALUE))
            .thenComparingInt(v -> v.position().map(Position::column).orElse(0));

    /** @throws UnusableException with each violation as {@code FILE:LINE:COLUMN} */
    static SpecFile of(String file, String text) {
        try {
            return new SpecFile(
                    file, file.endsWith(".json") ? SpecDocument.fromJson(text) : SpecDocument.fromYaml(text));
        } catch (InvalidSpecException e) {
            throw unusable(file, e);
        }
    }

    BackendSpec spec() {
        return document.spec();
    }

    /**
     * Runs an operation on the spec that may find further violations.
     *
     * @throws UnusableException with each violation as {@code FILE:LINE:COLUMN}
     */
    <T> T use(Function<BackendSpec, T> work) {
        try {
            return work.apply(spec());
        } catch (InvalidSpecException e) {
            throw unusable(file, document.locate(e));
        } catch (ProviderNotFoundException e) {
            throw refused("provider", spec().provider(), e);
        } catch (CloudException e) {
            throw e.field().isPresent() && e.field().get().equals("region") ? refused("region", spec().region(), e) : e;
        }
    }

    /** What only the providers or the cloud can tell about a field, in the same format. */
    private UnusableException refused(String path, String given, OsmoBackendException refusal) {
        Position at = document.position(path);
        return new UnusableException(file + ":" + at.line() + ":" + at.column() + ": " + path + "\n    given    "
                + given + "\n    answer   " + refusal.getMessage() + "\n    remedy   " + refusal.remedy());
    }

    private static UnusableException unusable(String file, InvalidSpecException invalid) {
        return new UnusableException(invalid.violations().stream()
                .sorted(BY_PLACE)
                .map(violation -> text(file, violation))
                .collect(Collectors.joining("\n")));
    }

    /** In the format of compilers, which editors and terminals turn into a link. */
    private static String text(String file, Violation violation) {
        return file
                + violation
                        .position()
                        .map(at -> ":" + at.line() + ":" + at.column())
                        .orElse("")
                + ": " + violation.path()
                + violation.requirement().map(id -> " (" + id + ")").orElse("")
                + "\n    given    " + violation.given()
                + "\n    allowed  " + violation.allowed()
                + "\n    remedy   " + violation.remedy();
    }
}
