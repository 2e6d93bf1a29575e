// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All StorageClasses of a cluster, by which it shows which of them are the default. */
public record StorageClasses(List<StorageClass> classes) {
    static final String DEFAULT_ANNOTATION = "storageclass.kubernetes.io/is-default-class";
    /** Still honored by the API server's admission for claims. */
    static final String BETA_DEFAULT_ANNOTATION = "storageclass.beta.kubernetes.io/is-default-class";

    public StorageClasses {
        classes = List.copyOf(classes);
    }

    /** The annotations that make a class the default. */
    static List<String> defaultAnnotations(StorageClass storageClass) {
        Map<String, String> annotations =
                Optional.ofNullable(storageClass.getMetadata().getAnnotations()).orElse(Map.of());
        return List.of(DEFAULT_ANNOTATION, BETA_DEFAULT_ANNOTATION).stream()
                .filter(key -> "true".equals(annotations.get(key)))
                .toList();
    }

    /** Names of the classes that are the default, of which a cluster should have one. */
    public List<String> defaults() {
        return classes.stream()
                .filter(c -> !defaultAnnotations(c).isEmpty())
                .map(c -> c.getMetadata().getName())
                .toList();
    }

    /** A default class that another backend has made, which would make it the default again. */
    Optional<StorageClass> defaultOfOther(Ownership ownership) {
        return classes.stream()
                .filter(c -> ownership.otherBackend(c).isPresent())
                .filter(c -> !defaultAnnotations(c).isEmpty())
                .findFirst();
    }

    /**
     * Names of the classes of the backend that no chart has.
     *
     * @param taken resources of which charts take over the objects
     */
    public static Set<String> owned(Inventory inventory, Set<ResourceId> taken) {
        return inventory.observed().entrySet().stream()
                .filter(found -> found.getKey()
                                .equals(StorageClassResource.id(found.getKey().name()))
                        && found.getValue().ownership() == Observed.Ownership.OURS
                        && !taken.contains(found.getKey()))
                .map(found -> found.getKey().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What the deletion of a class means for claims.
     *
     * @param kept the default class that there is then; empty if the backend has none
     */
    public static String farewell(String name, Optional<String> kept) {
        return "StorageClass " + name
                + " is deleted. Volumes stay, but can no longer be expanded. A claim that names it and has no volume"
                + " yet, or is made later, gets none: let it name "
                + kept.map(other -> other + ", or set storage.className to " + name + " to keep the class")
                        .orElse("another class, or create one of that name")
                + ".";
    }

    /** Classes other than the desired one that are marked as the default. */
    List<StorageClass> defaultsBeside(String name) {
        return classes.stream()
                .filter(c -> !c.getMetadata().getName().equals(name))
                .filter(c -> !defaultAnnotations(c).isEmpty())
                .toList();
    }
}
