// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.storage;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of storage drivers. */
final class Drivers {
    static final String EBS = "ebs.csi.aws.com";
    private static final String EBS_OF_AUTO_MODE = "ebs.csi.eks.amazonaws.com";
    private static final String PERSISTENT_DISK = "pd.csi.storage.gke.io";
    private static final String FILESTORE = "filestore.csi.storage.gke.io";
    private static final String AZURE_DISK = "disk.csi.azure.com";
    private static final String AZURE_FILES = "file.csi.azure.com";

    /** The disk drivers of the three clouds. */
    static final Set<String> OF_CLOUDS = Set.of(EBS, EBS_OF_AUTO_MODE, PERSISTENT_DISK, AZURE_DISK);

    /**
     * Drivers that Kubernetes once held itself. It hands their classes to the CSI drivers that took their place (feature
     * CSIMigration, always on since Kubernetes 1.25).
     */
    private static final Map<String, String> SUCCESSORS = Map.of(
            "kubernetes.io/aws-ebs", EBS,
            "kubernetes.io/gce-pd", PERSISTENT_DISK,
            "kubernetes.io/azure-disk", AZURE_DISK,
            "kubernetes.io/azure-file", AZURE_FILES,
            "kubernetes.io/vsphere-volume", "csi.vsphere.vmware.com",
            "kubernetes.io/cinder", "cinder.csi.openstack.org");

    /** Drivers of what a cloud encrypts whether or not it is asked to. */
    private static final Set<String> ENCRYPTED =
            Set.of(PERSISTENT_DISK, FILESTORE, AZURE_DISK, AZURE_FILES, "blob.csi.azure.com", "fsx.csi.aws.com");

    /** Drivers of files that nodes of any zone reach. */
    private static final Set<String> OF_FILES = Set.of(
            FILESTORE, AZURE_FILES, "blob.csi.azure.com", "efs.csi.aws.com", "fsx.csi.aws.com", "nfs.csi.k8s.io");

    private static final Map<String, String> OF_PROVIDER_ID =
            Map.of("aws", EBS, "gce", PERSISTENT_DISK, "azure", AZURE_DISK);

    private static final Map<String, String> INSTALLATION = Map.of(
            EBS, "aws eks create-addon --cluster-name NAME --addon-name aws-ebs-csi-driver",
            PERSISTENT_DISK, "gcloud container clusters update NAME --update-addons=GcePersistentDiskCsiDriver=ENABLED",
            AZURE_DISK, "az aks update --resource-group GROUP --name NAME --enable-disk-driver",
            AZURE_FILES, "az aks update --resource-group GROUP --name NAME --enable-file-driver");

    private Drivers() {}

    /** The driver that makes the volumes of a class. */
    static String of(StorageClassFacts storageClass) {
        return SUCCESSORS.getOrDefault(storageClass.provisioner(), storageClass.provisioner());
    }

    /** The class of claims that name none: of several defaults the newest, as Kubernetes chooses. */
    static Optional<StorageClassFacts> defaultClass(List<StorageClassFacts> classes) {
        return classes.stream()
                .filter(StorageClassFacts::defaultClass)
                .min(Comparator.<StorageClassFacts, Instant>comparing(
                                c -> c.created().known().orElse(Instant.MIN))
                        .reversed()
                        .thenComparing(StorageClassFacts::name));
    }

    /** Whether a driver, installed or not, is one of CSI; others need not show in a cluster. */
    static boolean csi(String driver) {
        return driver.contains("csi");
    }

    static boolean ebs(String driver) {
        return driver.equals(EBS) || driver.equals(EBS_OF_AUTO_MODE);
    }

    static boolean encrypts(String driver) {
        return ENCRYPTED.contains(driver);
    }

    static boolean files(String driver) {
        return OF_FILES.contains(driver);
    }

    static String installation(String driver) {
        return INSTALLATION.getOrDefault(driver, "Install the driver " + driver + ".");
    }

    /** The disk driver of the cloud that the nodes are in; those of all clouds where that is not known. */
    static String ofCloud(Evidence evidence) {
        return evidence.nodes().known().orElse(List.of()).stream()
                .map(NodeFacts::providerId)
                .flatMap(id -> Optional.ofNullable(OF_PROVIDER_ID.get(id.replaceFirst(":.*", ""))).stream())
                .findFirst()
                .orElseGet(() -> OF_CLOUDS.stream().sorted().collect(Collectors.joining(" or ")));
    }
}
