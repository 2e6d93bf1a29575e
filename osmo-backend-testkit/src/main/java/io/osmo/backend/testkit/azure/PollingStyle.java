// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

/**
 * How a client learns that a long-running operation has ended. ARM has three ways. Services have changed from one to another with
 * versions of their APIs, so clients must support all.
 *
 * @see <a href="https://github.com/cloud-and-ai-microsoft/resource-provider-contract">ARM's contract for asynchronous
 *     operations</a>
 */
public enum PollingStyle {
    /** What each service does at the emulated version. */
    AS_DOCUMENTED,
    /** The header {@code Azure-AsyncOperation} contains an address that returns the status in its body. */
    AZURE_ASYNC_OPERATION,
    /** The header {@code Location} contains an address that answers 202 until the operation has ended. */
    LOCATION,
    /**
     * No header: the status is {@code properties.provisioningState} of the resource. Deletions and actions, after which there may
     * be no resource to read, have the header {@code Location}, as ARM requires.
     */
    PROVISIONING_STATE
}
