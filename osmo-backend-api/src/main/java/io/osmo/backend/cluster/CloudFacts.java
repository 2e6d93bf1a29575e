// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the cloud's own API says about one backend, in terms that are common to all clouds. Input of verification. Contains no secrets.
 *
 * @param provider provider id
 * @param region region in the cloud's own spelling
 * @param clusterName name of the cluster
 * @param quotas limits of the account that apply to the pools
 */
public record CloudFacts(
        String provider,
        String region,
        String clusterName,
        Fact<ControlPlane> controlPlane,
        Fact<List<Pool>> pools,
        Fact<NetworkFacts> network,
        Fact<BackupFacts> backup,
        Fact<DiskEncryption> volumeEncryption,
        Fact<List<Quota>> quotas) {

    /**
     * The control plane of the cluster.
     *
     * @param status state in the cloud's own spelling, such as {@code ACTIVE}
     * @param healthy whether the cluster works in that state
     * @param version Kubernetes version of the control plane
     * @param standardSupportUntil last day of standard support of that version
     * @param standardSupport whether that version has standard support now; for clouds that do not publish the last day
     * @param zones zones of the control plane
     * @param highlyAvailable whether the control plane is redundant, with a service level agreement
     * @param secretsKey key that encrypts Secrets in etcd; an empty optional means that only the cloud's own key is used
     * @param publicAccess whether the API is reachable from the internet
     * @param publicCidrs ranges that may reach the API from the internet, in CIDR notation
     * @param logTypes kinds of control-plane logs that are enabled
     * @param pinnedVersion patch version that the cluster is pinned to; empty if it follows its minor version
     * @param workloadIdentity what gives pods an identity of the cloud; an empty optional means that nothing does
     */
    public record ControlPlane(
            String status,
            boolean healthy,
            String version,
            Fact<LocalDate> standardSupportUntil,
            Fact<Boolean> standardSupport,
            Fact<List<String>> zones,
            boolean highlyAvailable,
            Fact<Optional<Key>> secretsKey,
            boolean publicAccess,
            List<String> publicCidrs,
            Fact<List<String>> logTypes,
            Optional<String> pinnedVersion,
            Fact<Optional<String>> workloadIdentity) {}

    /**
     * A key for encryption at rest.
     *
     * @param id key in the cloud's own spelling
     * @param enabled whether the key is usable
     */
    public record Key(String id, boolean enabled) {}

    /**
     * A node pool as the cloud has it.
     *
     * @param name name in the cloud
     * @param specPool name of the pool in the spec, if known; on EKS a GPU pool of the spec has one node group for each zone
     * @param status state in the cloud's own spelling
     * @param issues problems that the cloud reports; empty if healthy
     * @param machine size of the first instance type
     * @param smallest the minimum of each size over all instance types
     * @param scale autoscaling bounds; initial is the currently desired size
     * @param diskGib size of the disk for images and the files of pods, in GiB
     * @param zones zones in which it may have nodes
     * @param imageType node image in the cloud's own spelling
     * @param gpuStack what installs the GPU software on the nodes; meaningless without GPUs
     * @param nodeImage release of the image of new nodes, and the newest one
     */
    public record Pool(
            String name,
            Optional<String> specPool,
            String status,
            List<String> issues,
            List<String> instanceTypes,
            Fact<Machine> machine,
            Fact<Machine> smallest,
            Scale scale,
            Map<String, String> labels,
            List<Taint> taints,
            Fact<Integer> diskGib,
            Fact<Boolean> diskEncrypted,
            Fact<List<String>> zones,
            String version,
            String imageType,
            boolean spot,
            Fact<GpuStack> gpuStack,
            Fact<NodeImage> nodeImage) {
        /** Kind and name, as reports name it. */
        @Override
        public String toString() {
            return "pool/" + name;
        }
    }

    /**
     * A release of a node image. On GKE it is the Kubernetes version of the nodes.
     *
     * @param release the release in the cloud's own spelling
     * @param newer the newest release; empty if this is the newest
     */
    public record NodeImage(String release, Optional<String> newer) {}

    /**
     * The size of a machine.
     *
     * @param memoryMib memory as the cloud sells it, in MiB
     * @param gpus number of NVIDIA GPUs
     * @param architecture CPU architecture as Kubernetes spells it, {@code amd64} or {@code arm64}
     */
    public record Machine(String instanceType, int vcpus, long memoryMib, int gpus, String architecture) {
        private static final String SEPARATOR = ", ";

        /** The minimum of each size over some machines, with all their types as its type; empty if there are none. */
        public static Optional<Machine> smallest(Collection<Machine> machines) {
            Set<String> types = new TreeSet<>();
            machines.forEach(
                    machine -> types.addAll(List.of(machine.instanceType().split(SEPARATOR))));
            return machines.stream()
                    .reduce((a, b) -> new Machine(
                            String.join(SEPARATOR, types),
                            Math.min(a.vcpus(), b.vcpus()),
                            Math.min(a.memoryMib(), b.memoryMib()),
                            Math.min(a.gpus(), b.gpus()),
                            a.architecture().equals(b.architecture()) ? a.architecture() : "unknown"));
        }
    }

    /**
     * The network of the nodes.
     *
     * @param id id of the network in the cloud
     * @param cidrs address ranges of the network
     * @param podCidrs ranges of pods that are outside of the network; empty if pods have addresses of the network
     * @param serviceCidr range of the cluster's services; empty if the cloud does not state it
     * @param subnets subnets of the nodes
     * @param firewalls for each machine, the firewalls that controllers in the cluster write rules to; empty if the cloud has no such
     *     firewalls
     */
    public record NetworkFacts(
            String id,
            List<String> cidrs,
            List<String> podCidrs,
            Optional<String> serviceCidr,
            List<Subnet> subnets,
            Fact<List<Firewalls>> firewalls) {
        /** Ranges of nodes, pods and services. */
        public AddressRanges ranges() {
            return new AddressRanges(cidrs, podCidrs, serviceCidr);
        }

        /**
         * A subnet of the nodes.
         *
         * @param zone zone of the subnet; empty if it spans all zones of the region
         * @param freeAddresses number of unused addresses
         * @param egress target of the default route, such as {@code nat-0abc}; an empty optional means that there is no default route
         */
        public record Subnet(
                String id, Optional<String> zone, String cidr, int freeAddresses, Fact<Optional<String>> egress) {
            /** The id, as reports name it. */
            @Override
            public String toString() {
                return id;
            }
        }
    }

    /** The firewalls of one machine, such as security groups on AWS, that are tagged with the cluster's name. */
    public record Firewalls(String machine, List<String> ids) {
        /** The machine, as reports name it. */
        @Override
        public String toString() {
            return machine;
        }
    }

    /**
     * A limit of the account in the region.
     *
     * @param name name in the cloud's own spelling
     * @param limit the limit in the unit of the quota: vCPUs or GPUs
     * @param used what the account uses in the region, in the same unit
     * @param perMachine how much one machine of a pool uses, by name of the pool
     */
    public record Quota(String name, Fact<Long> limit, Fact<Long> used, Map<String, Long> perMachine) {
        public Quota {
            perMachine = Map.copyOf(perMachine);
        }

        /** Kind and name, as reports name it. */
        @Override
        public String toString() {
            return "quota/" + name;
        }
    }

    /**
     * The cloud-native backup of the cluster.
     *
     * @param covered whether a backup plan covers this cluster's data
     * @param description what covers it, or why it is not covered
     */
    public record BackupFacts(boolean covered, String description) {}

    /** How the cloud encrypts volumes by default. */
    public record DiskEncryption(boolean byDefault, Optional<String> keyId) {}
}
