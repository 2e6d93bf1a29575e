// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

/**
 * The project that holds everything; an attachment of every inventory.
 *
 * @param number part of the names of Google's own service agents
 */
public record Project(String id, String number) {
    /** The agent as which GKE encrypts Secrets and makes nodes. */
    public String gkeAgent() {
        return "service-" + number + "@container-engine-robot.iam.gserviceaccount.com";
    }

    /** The agent as which Google's APIs act in the project, such as when they make machines. */
    public String apisAgent() {
        return number + "@cloudservices.gserviceaccount.com";
    }

    /** The agent as which Compute Engine encrypts disks. */
    public String computeAgent() {
        return "service-" + number + "@compute-system.iam.gserviceaccount.com";
    }
}
