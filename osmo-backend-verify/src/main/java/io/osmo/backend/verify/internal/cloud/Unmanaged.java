// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import io.osmo.backend.verify.internal.cloud.StorageDriver.Unknown;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service that is not known here: a self-managed cluster, or one of another provider. */
final class Unmanaged implements CloudService {
    private static final MachineTypes MACHINES = new MachineTypes("(?!)", "(?!)", Map.of());

    /** Drivers that belong to no cloud. */
    private static final List<StorageDriver> DRIVERS = List.of(
            StorageDriver.disk("csi.vsphere.vmware.com", new Unknown()).after("kubernetes.io/vsphere-volume"),
            StorageDriver.disk("cinder.csi.openstack.org", new Unknown()).after("kubernetes.io/cinder"),
            StorageDriver.files("nfs.csi.k8s.io", new Unknown()));

    private final String provider;

    Unmanaged(String provider) {
        this.provider = provider;
    }

    @Override
    public String name() {
        return provider;
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public boolean hosts(NodeFacts node) {
        return false;
    }

    @Override
    public boolean runs(NodeFacts node) {
        return false;
    }

    @Override
    public Optional<String> automaticMode(NodeFacts node) {
        return Optional.empty();
    }

    @Override
    public String poolLabel() {
        return "karpenter.sh/nodepool";
    }

    @Override
    public boolean isSpot(NodeFacts node) {
        return false;
    }

    @Override
    public boolean autoscales() {
        return false;
    }

    @Override
    public MachineTypes machines() {
        return MACHINES;
    }

    @Override
    public boolean answersDns(NodeFacts node) {
        return false;
    }

    @Override
    public boolean enforcesPolicies(WorkloadFacts daemonSet) {
        return false;
    }

    @Override
    public List<StorageDriver> drivers() {
        return DRIVERS;
    }

    @Override
    public String remedy(Remedy remedy) {
        return switch (remedy) {
            case ENCRYPT_SECRETS,
                    MAKE_CONTROL_PLANE_REDUNDANT,
                    FOLLOW_MINOR_VERSION,
                    UPGRADE,
                    LIMIT_API_ACCESS,
                    GIVE_PODS_IDENTITY -> "Change it with the tools of " + provider + ".";
            case GRANT_CLUSTER_ADMIN -> "Bind cluster-admin to the user who installs.";
            case SPREAD_POOL_OVER_ZONES -> "Give the pool a second zone.";
            case ATTACH_ACCELERATOR -> "Use machines that have GPUs.";
            case ENFORCE_NETWORK_POLICIES ->
                "Install a network plugin that enforces network policies, such as Calico or Cilium.";
            case SHARE_FILES -> "Use a class of shared files, such as one of NFS.";
            case REPLACE_INSTANCE_TYPE -> "Move to a type that is still sold.";
            case REPLACE_NODE_IMAGE -> "Move the pool to an image that is still maintained.";
            case ROLL_NODE_IMAGE -> "replace the nodes by nodes with the newest image.";
        };
    }
}
