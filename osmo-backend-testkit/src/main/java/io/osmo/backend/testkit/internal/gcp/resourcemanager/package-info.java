/** Resource Manager: the project and its policy. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp.resourcemanager;

import org.jspecify.annotations.NullMarked;
