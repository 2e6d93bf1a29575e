// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

/** The managed Kubernetes services, with what each does differently. */
public enum Distribution {
    EKS("eks", "-eks-3025e55", "topology.ebs.csi.aws.com/zone"),
    AKS("aks", "", "topology.disk.csi.azure.com/zone"),
    /** Versions of GKE hold their suffix. */
    GKE("gke", "", "topology.gke.io/zone");

    private final String manager;
    private final String versionSuffix;
    private final String volumeTopology;

    Distribution(String manager, String versionSuffix, String volumeTopology) {
        this.manager = manager;
        this.versionSuffix = versionSuffix;
        this.volumeTopology = volumeTopology;
    }

    /** Whether kubelets register with the cloud's own credentials, so that they only wait for serving certificates. */
    boolean joinsWithoutCertificate() {
        return this == EKS;
    }

    /** Field manager of what the service itself puts into a cluster. */
    String manager() {
        return manager;
    }

    /** What follows the version of Kubernetes in the server's version. */
    String versionSuffix() {
        return versionSuffix;
    }

    /** Node label for zones that the block storage of the service uses. */
    String volumeTopology() {
        return volumeTopology;
    }

    /** CPU that is reserved for the system, in thousandths of a CPU, by the documentation of each service. */
    long reservedMillis(int cpus) {
        if (this == AKS) {
            // A table by cores: 60, 100, 140, 180, 260, 420, 740 for 1, 2, 4, 8, 16, 32, 64.
            return cpus <= 2 ? 20 + 40L * cpus : 100 + 10L * cpus;
        }
        return 60 + 10 + Math.max(0, Math.min(cpus, 4) - 2) * 5L + (long) (Math.max(0, cpus - 4) * 2.5);
    }

    /** Memory that is reserved for the system, including the eviction threshold of the kubelet. */
    long reservedMib(int memoryGib, int maxPods) {
        return switch (this) {
            case EKS -> 255L + 11L * maxPods + 100L;
            case AKS -> Math.min(20L * maxPods + 50L, memoryGib * 1024L / 4) + 100L;
            case GKE -> graded(memoryGib * 1024L) + 100L;
        };
    }

    /** A quarter of the first 4 GiB, a fifth of the next 4, a tenth of the next 8, 6 % up to 128 GiB and 2 % of the rest. */
    private static long graded(long mib) {
        long[] steps = {4096, 4096, 8192, 114_688, Long.MAX_VALUE};
        double[] shares = {0.25, 0.2, 0.1, 0.06, 0.02};
        double sum = 0;
        long rest = mib;
        for (int i = 0; i < steps.length && rest > 0; i++) {
            long part = Math.min(rest, steps[i]);
            sum += part * shares[i];
            rest -= part;
        }
        return (long) sum;
    }
}
