// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.cluster.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * What the nodes of a pool need on AWS.
 *
 * @param groups the node groups of the pool
 * @param instances instances of the groups that are no nodes of the cluster; all of them while the cluster is not known
 * @param policies managed policies of the node role, by name; empty when there is no such role
 * @param entry the access entry of the node role; empty when there is none
 * @param templates ids of the launch templates that exist, of those that the groups use
 */
record JoinFacts(
        List<Nodegroup> groups,
        Fact<Cluster> cluster,
        Fact<List<Instance>> instances,
        Fact<NetworkPath> network,
        Fact<Optional<Set<String>>> policies,
        Fact<Optional<AccessEntry>> entry,
        Fact<Set<String>> templates) {
    /** Name of the role of the nodes, for people. */
    String role() {
        String arn = groups.get(0).nodeRole();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** Whether instances run that have not become nodes; only then is it relevant what nodes need. */
    boolean instancesWait() {
        return instances.known().filter(all -> !all.isEmpty()).isPresent();
    }
}
