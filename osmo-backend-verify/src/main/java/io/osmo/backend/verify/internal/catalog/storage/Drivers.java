// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.StorageDriver;
import io.osmo.backend.verify.internal.cloud.StorageDriver.Kind;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The drivers of storage classes. */
final class Drivers {
    private Drivers() {}

    /** Name of the driver that provisions the volumes of a class. */
    static String of(StorageClassFacts storageClass) {
        return CloudServices.driver(storageClass.provisioner())
                .map(StorageDriver::name)
                .orElse(storageClass.provisioner());
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

    /** Whether it is a CSI driver; other provisioners need not show in the API. */
    static boolean isCsi(String driver) {
        return driver.contains("csi");
    }

    /** Whether a driver provisions disks of one of the clouds. */
    static boolean isCloudDisk(String driver) {
        return CloudServices.diskDrivers().stream().anyMatch(d -> d.name().equals(driver));
    }

    /** Whether a driver provisions shared files, which nodes of any zone can use at once. */
    static boolean isFiles(String driver) {
        return CloudServices.driver(driver).filter(d -> d.kind() == Kind.FILES).isPresent();
    }

    static String installation(String driver) {
        return CloudServices.driver(driver)
                .map(StorageDriver::installation)
                .orElse("Install the driver " + driver + ".");
    }

    /** The disk driver of the cluster's cloud; those of all clouds where that is not known. */
    static String ofCloud(Evidence evidence) {
        return CloudServices.disk(CloudServices.of(evidence.snapshot()))
                .map(StorageDriver::name)
                .orElseGet(() -> CloudServices.diskDrivers().stream()
                        .map(StorageDriver::name)
                        .sorted()
                        .collect(Collectors.joining(" or ")));
    }
}
