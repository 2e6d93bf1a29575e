/** Add-ons of EKS, and the roles that their pods get. */
@NullMarked
package io.osmo.backend.aws.internal.addon;

import org.jspecify.annotations.NullMarked;
