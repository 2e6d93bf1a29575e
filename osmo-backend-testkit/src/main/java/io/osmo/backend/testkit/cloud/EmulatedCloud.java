// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cloud;

import io.osmo.backend.permission.Permissions;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A cloud in this process. It keeps state, enforces what the real services enforce, takes as long as they take on virtual time, and
 * fails by {@linkplain #faults() rule}. Ids are the same in every run of the same calls. Safe for concurrent use.
 */
public interface EmulatedCloud extends AutoCloseable {
    /** Id that specs use, such as {@code aws}. */
    default String id() {
        return provider().id();
    }

    /** The provider, connected to this cloud. */
    CloudProvider provider();

    /** Rules for what goes wrong. */
    Faults faults();

    /**
     * Lets the caller do these actions and nothing else from now on: those of {@link io.osmo.backend.permission.Permissions#actions()},
     * for example. A call that needs another one is refused as the cloud refuses it. Without a limit everything is allowed; a cluster
     * that no cloud manages has none.
     */
    void allowOnly(Collection<String> actions);

    /**
     * Lets the caller do what these permissions allow from now on. Their policies are enforced as far as the emulator knows what a call
     * touches.
     */
    default void allowOnly(Permissions permissions) {
        allowOnly(permissions.actions());
    }

    /**
     * Denies the caller an action from now on, whatever else allows it: by a service control policy of the organization on AWS, by a deny
     * assignment on Azure. A cluster that no cloud manages denies nothing.
     *
     * @param action such as {@code eks:CreateCluster}, {@code Microsoft.KeyVault/vaults/write} or {@code compute.networks.create}
     */
    void denyAction(String action);

    /** All calls since the beginning or since {@link #forgetCalls()}, in order. */
    List<Call> calls();

    void forgetCalls();

    /**
     * What exists beside what every account has: one line each, sorted, without ids and times. Two clouds with equal inventories
     * hold the same things.
     */
    List<String> inventory();

    /**
     * The Kubernetes side of a backend.
     *
     * @throws RuntimeException when its cluster does not exist or is still being created
     */
    EmulatedCluster cluster(BackendRef backend);

    /** Makes an object that belongs to someone else and has a name that this backend needs. */
    void plantForeignObject(BackendRef backend);

    /**
     * Answers HTTP as the cloud's own endpoints do, for another process, another language or {@code curl}. Any credentials are accepted,
     * but there must be some.
     *
     * @param perRequest time that passes on the virtual clock with each request, to the cloud or to one of its clusters, so that a client
     *     that polls sees progress. None passes while this process drives the clock itself.
     * @return empty if it has no endpoints of its own, like a cluster that no cloud manages
     */
    default Optional<ServedCloud> serve(Duration perRequest) {
        return Optional.empty();
    }

    @Override
    void close();
}
