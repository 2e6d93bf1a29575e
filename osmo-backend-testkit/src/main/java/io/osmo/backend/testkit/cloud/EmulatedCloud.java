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
 * A cloud in this process. It keeps state, enforces the rules of the real services, takes as long as they do in virtual time, and fails
 * by {@linkplain #faults() rule}. Ids are the same in every run of the same calls. Safe for concurrent use.
 */
public interface EmulatedCloud extends AutoCloseable {
    /** Provider id, such as {@code aws}. */
    default String id() {
        return provider().id();
    }

    /** The provider, connected to this cloud. */
    CloudProvider provider();

    /** The faults to inject. */
    Faults faults();

    /**
     * Allows the caller only these actions from now on, for example those of {@link io.osmo.backend.permission.Permissions#actions()}. A
     * call that needs another one is refused as the cloud would refuse it. Default: everything is allowed. Has no effect on a cluster
     * without a cloud.
     */
    void allowOnly(Collection<String> actions);

    /**
     * Allows the caller only these permissions from now on. Their policies are enforced as far as the emulator knows the resources of a
     * call.
     */
    default void allowOnly(Permissions permissions) {
        allowOnly(permissions.actions());
    }

    /**
     * Denies the caller an action from now on, whatever else allows it: by a service control policy of the organization on AWS, by a deny
     * assignment on Azure. Has no effect on a cluster without a cloud.
     *
     * @param action such as {@code eks:CreateCluster}, {@code Microsoft.KeyVault/vaults/write} or {@code compute.networks.create}
     */
    void denyAction(String action);

    /** All calls since the start or since {@link #forgetCalls()}, in order. */
    List<Call> calls();

    void forgetCalls();

    /**
     * Everything that exists, except what every account has: one line each, sorted, without ids and times. Two clouds with equal
     * inventories have the same resources.
     */
    List<String> inventory();

    /**
     * The Kubernetes side of a backend.
     *
     * @throws RuntimeException if its cluster does not exist or is still being created
     */
    EmulatedCluster cluster(BackendRef backend);

    /** Creates a foreign object with a name that this backend needs. */
    void plantForeignObject(BackendRef backend);

    /**
     * Answers HTTP as the cloud's own endpoints do, for another process, another language or {@code curl}. It accepts any credentials,
     * but requires some.
     *
     * @param perRequest virtual time that passes with each request, to the cloud or to one of its clusters, so that a polling client sees
     *     progress; none passes while this process drives the clock itself
     * @return empty if it has no endpoints, as a cluster without a cloud
     */
    default Optional<ServedCloud> serve(Duration perRequest) {
        return Optional.empty();
    }

    @Override
    void close();
}
