/**
 * What the cluster and its controllers leave behind. Because controllers created it, it is found by their tags and names; in an
 * existing VPC, only what names this cluster is deleted.
 */
@NullMarked
package io.osmo.backend.aws.internal.sweep;

import org.jspecify.annotations.NullMarked;
