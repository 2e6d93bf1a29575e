// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.FieldChange.Effect;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Readiness.Status;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a resource takes the place of others, such as the next generation of a node pool. Pure.
 *
 * @param fields in which it differs from them and that cannot be changed in place
 * @param failure the reason that the cloud gives for the failure of one of them, which may be blank; empty if none has failed
 */
record Cause(List<FieldChange> fields, Optional<String> failure) {
    Cause {
        fields = List.copyOf(fields);
    }

    /** @param replaced what was observed of the others */
    static <O> Cause of(Resource<O> successor, List<?> replaced, State state) {
        List<FieldChange> fields = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        for (Object each : replaced) {
            if (successor.type().isInstance(each)) {
                O observed = successor.type().cast(each);
                Diff.changes(successor, observed, state).orElse(List.of()).stream()
                        .filter(change -> change.effect() == Effect.REPLACE && !fields.contains(change))
                        .forEach(fields::add);
                failure = failure.or(() -> failure(successor.readiness(observed)));
            }
        }
        return new Cause(fields, failure);
    }

    private static Optional<String> failure(Readiness readiness) {
        return readiness.status() == Status.FAILED ? Optional.of(readiness.reason()) : Optional.empty();
    }

    /** Ends a sentence that says what is replaced by what; empty if the cause is not known. */
    String clause() {
        if (!fields.isEmpty()) {
            return " because "
                    + fields.stream().map(FieldChange::field).distinct().collect(Collectors.joining(", "))
                    + " cannot be changed in place";
        }
        return failure.map(reason -> " because the old one has failed" + (reason.isBlank() ? "" : ": " + reason))
                .orElse("");
    }
}
