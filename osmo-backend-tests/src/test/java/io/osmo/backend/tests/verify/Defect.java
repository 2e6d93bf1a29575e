// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import io.osmo.backend.verify.check.Status;
import java.util.Map;
import java.util.function.Consumer;

/** Something that goes wrong with a backend, and what verification says of it. */
record Defect<B extends AppliedBackend>(String name, Consumer<B> plant, Map<String, Status> found) {
    static <B extends AppliedBackend> Defect<B> of(String name, Consumer<B> plant, String check, Status status) {
        return new Defect<>(name, plant, Map.of(check, status));
    }

    @Override
    public String toString() {
        return name;
    }
}
