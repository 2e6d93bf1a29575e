// SPDX-License-Identifier: Apache-2.0
/**
 * What all Azure resources and readers share. Azure Resource Manager is one protocol for all services: a PUT by resource id
 * that may go on after the answer, a state in the object, a header that names the operation, one shape of errors. So it is
 * spoken here once, through the SDK's pipeline and with the SDK's models as bodies, rather than through one generated client
 * per service: those hide the operation behind a poller that waits on a clock of its own, while here the engine owns time.
 */
@NullMarked
package io.osmo.backend.azure.internal;

import org.jspecify.annotations.NullMarked;
