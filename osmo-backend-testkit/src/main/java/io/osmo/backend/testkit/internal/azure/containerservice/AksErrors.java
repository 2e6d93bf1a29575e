// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import java.time.Duration;

/** Refusals of AKS. */
public final class AksErrors {
    private AksErrors() {}

    static ArmError bad(String message) {
        return ArmError.badRequest("BadRequest", message);
    }

    static ArmError notAllowed(String message) {
        return ArmError.badRequest("OperationNotAllowed", message);
    }

    static ArmError invalidParameter(String message) {
        return ArmError.badRequest("InvalidParameter", message);
    }

    /** An invalid property of a pool. */
    static ArmError invalidPool(String property, String why) {
        return invalidParameter("The value of parameter agentPoolProfile." + property + " is invalid: " + why
                + ". Please see https://aka.ms/aks-naming-rules for more details.");
    }

    static ArmError changed(String property) {
        return ArmError.badRequest("PropertyChangeNotAllowed", "Changing property '" + property + "' is not allowed.");
    }

    static ArmError unsupportedVersion(String version) {
        return ArmError.badRequest(
                "K8sVersionNotSupported",
                "The specified Kubernetes version " + version + " is not supported in this region. Please use [az aks"
                        + " get-versions] command to get the supported version list in this region.");
    }

    static ArmError throttled(AzureSubscription azure, String handler, Duration wait) {
        return new ArmError(
                429,
                "Throttled",
                "The " + handler + " request limit has been exceeded for SubID='" + azure.id
                        + "', please retry again in " + wait.toSeconds()
                        + " seconds. For more information, please visit aka.ms/aks/throttling",
                wait);
    }

    /** The cluster has an operation that runs. */
    public static ArmError pending(Operation running) {
        return pending("Operation is not allowed: Another operation (" + running.state + ") is in progress");
    }

    static ArmError pending(String what) {
        return ArmError.conflict(
                "OperationNotAllowed",
                what + ", please wait for it to finish before starting a new operation. See"
                        + " https://aka.ms/aks-pending-operation for more details");
    }
}
