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
 * What the cloud's own API says about one backend, in terms that all clouds share. Input of verification; holds no secret.
 *
 * @param provider provider id
 * @param region region in the cloud's own spelling
 * @param clusterName name of the cluster
 * @param quotas limits of the account that the pools count to; without those that no pool does
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
     * @param status the cloud's own word for the state, such as {@code ACTIVE}
     * @param healthy whether that word means that the cluster works
     * @param version Kubernetes version of the control plane
     * @param standardSupportUntil last day of standard support of that version
     * @param standardSupport whether that version is in standard support as this is read; tells something where its last day
     *     is not known
     * @param zones zones over which the control plane spreads
     * @param highlyAvailable whether the cloud runs the control plane redundantly, with a service level
     * @param secretsKey key that encrypts Secrets in etcd; an empty optional means the cloud's own key only
     * @param publicAccess whether the API is reachable from the internet
     * @param publicCidrs ranges that may
     * @param logTypes kinds of control-plane logs that are on
     * @param pinnedVersion patch version that the cluster is pinned to; empty where it follows its minor version
     * @param workloadIdentity by what pods can be given an identity of the cloud; an empty optional means by nothing
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
     * @param id key in the cloud's own spelling
     * @param enabled whether the key is usable
     */
    public record Key(String id, boolean enabled) {}

    /**
     * @param name name in the cloud
     * @param specPool name of the pool in the spec that it belongs to, if that is known (GPU pools are split by zone)
     * @param status the cloud's own word for the state
     * @param issues what the cloud says is wrong, empty when healthy
     * @param machine what one machine of the first instance type has
     * @param smallest what each machine has at least, whichever of the instance types it is of
     * @param scale autoscaling bounds; initial is the size that is wanted at this moment
     * @param diskGib disk that images and pods' files are kept on, in GiB
     * @param zones zones in which it may have nodes
     * @param imageType the cloud's own word for the node image
     * @param gpuStack who brings the software for GPUs to the nodes; of no meaning without GPUs
     * @param nodeImage release of the image that new nodes get, against the newest one
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
     * A release of a node image. On GKE it is named by the version of Kubernetes that the nodes run.
     *
     * @param release in the cloud's own spelling
     * @param newer the newest release, unless this is it
     */
    public record NodeImage(String release, Optional<String> newer) {}

    /**
     * What one machine of an instance type has.
     *
     * @param memoryMib memory as sold, in MiB
     * @param gpus NVIDIA GPUs
     * @param architecture in Kubernetes' spelling, {@code amd64} or {@code arm64}
     */
    public record Machine(String instanceType, int vcpus, long memoryMib, int gpus, String architecture) {
        private static final String SEPARATOR = ", ";

        /** What each of some machines has at least, with all their types as its type. Empty without machines. */
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
     * Where the cluster's nodes live.
     *
     * @param id of the network in the cloud
     * @param cidrs address ranges of the network
     * @param podCidrs ranges of pods outside of those of the network; empty where pods have addresses of the network
     * @param serviceCidr range of the cluster's services, if the cloud names it
     * @param subnets those of the nodes
     * @param firewalls of each machine the firewalls whose rules a controller inside the cluster takes for its own to write;
     *     empty where the cloud keeps no such firewalls
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
         * @param zone zone that it lies in; empty when it spans all zones of the region
         * @param freeAddresses addresses that nothing uses yet
         * @param egress what the default route points to, such as {@code nat-0abc}; empty when there is none
         */
        public record Subnet(String id, String zone, String cidr, int freeAddresses, Fact<Optional<String>> egress) {
            /** The id, as reports name it. */
            @Override
            public String toString() {
                return id;
            }
        }
    }

    /** The firewalls of one machine, such as security groups on AWS, that carry the cluster's name. */
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
     * @param name in the cloud's own spelling
     * @param limit in units of the quota: vCPUs, or GPUs
     * @param used by all that the account runs in the region
     * @param perMachine how much one machine of a pool takes, by name of the pool
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
     * @param covered whether a backup plan covers this cluster's data
     * @param description what covers it, or why nothing does
     */
    public record BackupFacts(boolean covered, String description) {}

    /** How the cloud encrypts volumes by default. */
    public record DiskEncryption(boolean byDefault, Optional<String> keyId) {}
}
