// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.DefaultStorageClass;
import io.osmo.backend.kubernetes.ManagedClusterPart;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.Optional;

/** What is in an existing cluster: all that this provider manages. */
final class ExistingClusterPart extends ManagedClusterPart<ExistingContext, ObservedCluster> {
    ExistingClusterPart(Scheduler scheduler) {
        super(scheduler, ServiceDefaults.UNKNOWN, ObservedCluster.ID, ObservedCluster.class);
    }

    @Override
    protected Optional<ClusterAccess> access(ObservedCluster cluster) {
        return Optional.of(cluster.access());
    }

    /** The account of the backend is the UID of the cluster already. */
    @Override
    protected Optional<String> incarnation(ObservedCluster cluster) {
        return Optional.empty();
    }

    /** The operator's chart tolerates the taints of its nodes. */
    @Override
    protected ServiceDefaults defaults(Inventory cloud) {
        return cloud.find(ObservedCluster.ID, ObservedCluster.class)
                .<ServiceDefaults>map(cluster -> new NodeDefaults(cluster.nodes()))
                .orElse(ServiceDefaults.UNKNOWN);
    }

    @Override
    protected Optional<DefaultStorageClass> storageClass(
            ExistingContext context, BackendSpec spec, Inventory inventory) {
        return storageClass(context.settings(), spec);
    }

    /** The StorageClass that the settings describe. */
    static Optional<DefaultStorageClass> storageClass(ExistingSettings settings, BackendSpec spec) {
        return settings.provisioner()
                .map(driver -> new DefaultStorageClass(
                        spec.storage().className().orElse("osmo"), driver, settings.storageParameters()));
    }

    @Override
    protected boolean ownsCluster() {
        return false;
    }

    @Override
    protected boolean managesPools() {
        return false;
    }

    /** The cluster stays, and with it the load balancers and volumes of whatever else runs in it. */
    @Override
    protected boolean releasesWorkloads() {
        return false;
    }
}
