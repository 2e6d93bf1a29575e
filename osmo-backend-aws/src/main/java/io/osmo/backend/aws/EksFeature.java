// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

/**
 * Parts of the AWS APIs that a target may lack, such as an emulator or a region or partition that does not have the newest
 * features. None is omitted silently: the settings must name it with {@link EksSettings.Builder#omit}, and each plan has a
 * warning.
 */
public enum EksFeature {
    LISTS_OF_ABSENT_CLUSTER("node groups are listed after the cluster was read: a plan takes one more round trip"),
    ADDONS("add-ons are neither installed nor updated"),
    ACCESS_ENTRIES("no access entries are created: only the creator of the cluster administers it"),
    POD_IDENTITY("no pod identity associations are created: the EBS CSI driver and the autoscaler have no permissions"),
    VERSION_CATALOG("offered Kubernetes versions and their end of support are not read; the spec must name a version"),
    VERSION_UPDATES("versions of Kubernetes and of launch templates are not compared or rolled out"),
    CLUSTER_CONFIG("settings of the cluster that the target does not report are not compared or updated"),
    UPDATE_CONFIG("update settings and node repair of node groups are not compared"),
    AUTO_SCALING_GROUPS("auto scaling groups are not tagged: scaling from zero does not work"),
    TAG_UPDATES("tags of launch templates, node groups and recovery points are set at creation and not compared"),
    UPDATE_STATUS("the outcome of updates of the cluster and its node groups is not read"),
    PLACEMENT_GROUPS("no placement groups are created"),
    CAPABILITIES("capabilities of EKS are not listed: one in the cluster shows only when the cluster is deleted"),
    BACKUP_SELECTION("nothing is assigned to the backup plan: nothing is backed up"),
    CLUSTER_SIDE("nothing is created inside the cluster: no storage class, namespaces, secrets or autoscaler");

    private final String consequence;

    EksFeature(String consequence) {
        this.consequence = consequence;
    }

    /** What a backend lacks without this feature, as a clause. */
    public String consequence() {
        return consequence;
    }
}
