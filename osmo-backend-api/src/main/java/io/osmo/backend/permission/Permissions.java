// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.permission;

import io.osmo.backend.spec.BackendRef;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The actions that one use of a backend needs, and least-privilege policies that grant exactly these.
 *
 * @param ref the backend
 * @param use what is done with it
 * @param actions in the cloud's own spelling, such as {@code eks:CreateCluster}, {@code container.clusters.create} or {@code
 *     Microsoft.ContainerService/managedClusters/write}; empty if the provider calls no cloud
 * @param documents policies that grant these actions and nothing else; several if the cloud limits the length of one
 */
public record Permissions(BackendRef ref, Use use, SortedSet<String> actions, List<PolicyDocument> documents) {
    public Permissions {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
        documents = List.copyOf(documents);
    }

    public static Permissions of(
            BackendRef ref, Use use, Collection<String> actions, Collection<PolicyDocument> documents) {
        return new Permissions(ref, use, new TreeSet<>(actions), List.copyOf(documents));
    }

    /** The policies, one after another. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        documents.forEach(document -> text.append(document.text()).append('\n'));
        return text.toString();
    }
}
