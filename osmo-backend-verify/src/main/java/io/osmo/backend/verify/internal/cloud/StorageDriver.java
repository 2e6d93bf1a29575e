// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import java.util.Optional;

/**
 * A CSI driver.
 *
 * @param name such as {@code nfs.csi.k8s.io}
 * @param kind what its volumes are
 * @param predecessor in-tree provisioner that this driver replaces (CSIMigration, always on since Kubernetes 1.25)
 * @param encryption how it encrypts volumes
 * @param controller name of its Deployment, where it has one in the cluster
 * @param installation what to do where it is not installed
 */
public record StorageDriver(
        String name,
        Kind kind,
        Optional<String> predecessor,
        Encryption encryption,
        Optional<String> controller,
        String installation) {
    /** What a volume is. */
    public enum Kind {
        /** A block disk, which one node can use at a time. */
        DISK,
        /** Shared files, which nodes of any zone can use at once. */
        FILES
    }

    /** How a driver encrypts volumes. */
    public sealed interface Encryption {}

    /** Whether or not it is asked to. */
    public record Always() implements Encryption {}

    /**
     * Where the class or the account asks for it.
     *
     * @param flag parameter of the class that asks for it, in lower case
     * @param key parameter of the class that names a key, which asks for it too, in lower case
     */
    public record OnRequest(String flag, String key) implements Encryption {}

    /** Not known. */
    public record Unknown() implements Encryption {}

    static StorageDriver disk(String name, Encryption encryption) {
        return new StorageDriver(
                name, Kind.DISK, Optional.empty(), encryption, Optional.empty(), "Install the driver " + name + ".");
    }

    static StorageDriver files(String name, Encryption encryption) {
        return new StorageDriver(
                name, Kind.FILES, Optional.empty(), encryption, Optional.empty(), "Install the driver " + name + ".");
    }

    StorageDriver after(String provisioner) {
        return new StorageDriver(name, kind, Optional.of(provisioner), encryption, controller, installation);
    }

    StorageDriver withController(String deployment) {
        return new StorageDriver(name, kind, predecessor, encryption, Optional.of(deployment), installation);
    }

    StorageDriver installedBy(String command) {
        return new StorageDriver(name, kind, predecessor, encryption, controller, command);
    }
}
