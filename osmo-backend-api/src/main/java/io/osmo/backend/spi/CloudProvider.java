// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.error.Violation;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A cloud, found by {@link java.util.ServiceLoader}. Stateless and cheap to create: no client is built before {@link #open}. */
public interface CloudProvider {
    /** Id that specs use, such as {@code aws}. */
    String id();

    /**
     * Checks the rules of this provider that need no cloud call, such as names and CIDR sizes. Reports all violations, but none that the
     * spec's own rules already report. Pure.
     */
    List<Violation> validate(BackendSpec spec);

    /**
     * Reads this provider's settings from plain data; unknown keys and wrong types are reported, with paths that start with
     * {@code settings.}.
     */
    Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems);

    /** The cloud permissions that one use of a backend needs; empty if the provider calls no cloud. Pure. */
    default Permissions permissions(BackendSpec spec, Use use) {
        return Permissions.of(spec.ref(), use, List.of(), List.of());
    }

    /** The cloud permissions that applying a plan needs. Pure. */
    default Permissions permissions(Plan plan) {
        return Permissions.of(plan.ref(), Use.of(plan), List.of(), List.of());
    }

    /** What the managed service does by default. Default: nothing is known. */
    default ServiceDefaults defaults() {
        return ServiceDefaults.UNKNOWN;
    }

    /** Opens a session in one region. Clients are created when they are first needed; the caller closes the session. */
    CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler);
}
